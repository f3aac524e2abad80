"""Languages of the Near East and Asia: each name in its script with its Latin spellings in use."""

from typing import Final

from benchmarks.layouts.speech import Speech, pairs, words

ARABIC_MEN = pairs(
    "محمد=Mohammed/Muhammad/Mohamed/Mohammad أحمد=Ahmed/Ahmad علي=Ali/Aly حسن=Hassan/Hasan حسين=Hussein/Hussain/Husain"
    " عمر=Omar/Umar خالد=Khalid/Khaled يوسف=Yousef/Yusuf/Youssef إبراهيم=Ibrahim/Ebrahim سعيد=Saeed/Said/Saeid"
    " عبدالله=Abdullah/Abdulla/Abdallah عبدالرحمن=Abdulrahman/Abdul_Rahman/Abdelrahman مصطفى=Mustafa/Mostafa"
    " محمود=Mahmoud/Mahmood طارق=Tariq/Tarek سالم=Salem/Salim ناصر=Nasser/Nasir راشد=Rashid/Rashed فيصل=Faisal/Faysal"
    " كريم=Karim/Kareem ماجد=Majed/Majid جمال=Jamal/Gamal زياد=Ziad/Ziyad بلال=Bilal"
)
ARABIC_WOMEN = pairs(
    "فاطمة=Fatima/Fatma/Fatimah مريم=Maryam/Mariam عائشة=Aisha/Aysha/Ayesha نور=Noor/Nour سارة=Sara/Sarah هدى=Huda/Hoda"
    " خديجة=Khadija/Khadijah زينب=Zainab/Zeinab ليلى=Layla/Leila أمل=Amal سلمى=Salma رنا=Rana دينا=Dina ياسمين=Yasmin/Yasmine/Jasmin"
    " منى=Mona/Muna نادية=Nadia/Nadiya هند=Hind ريم=Reem/Rim شيماء=Shaimaa/Shayma إيمان=Iman/Eman"
)
ARABIC_FAMILY = pairs(
    "الحسن=Al_Hassan/Alhasan/Al-Hassan المصري=El_Masry/Al-Masri/Elmasri الأنصاري=Al_Ansari/Alansari حداد=Haddad خوري=Khoury/Khouri"
    " الشمري=Al_Shammari/Alshammari/Al-Shamari العتيبي=Al_Otaibi/Alotaibi/Al-Utaybi القحطاني=Al_Qahtani/Alqahtani"
    " الغامدي=Al_Ghamdi/Alghamdi المنصوري=Al_Mansoori/Almansouri الهاشمي=Al_Hashimi/Alhashmi/Al-Hashemi نجار=Najjar"
    " درويش=Darwish/Darwich صالح=Saleh/Salih عثمان=Othman/Osman/Uthman منصور=Mansour/Mansoor سليمان=Suleiman/Sulaiman/Soliman"
    " بكري=Bakri/Bakry التميمي=Al_Tamimi/Altamimi الزهراني=Al_Zahrani/Alzahrani شريف=Sharif/Sherif عباس=Abbas"
    " المطيري=Al_Mutairi/Almutairi الدوسري=Al_Dosari/Aldossary قاسم=Qasim/Kassem/Qassem يعقوب=Yaqoub/Yacoub زايد=Zayed/Zaid"
)
ARABIC: Final = Speech(
    women=tuple(ARABIC_WOMEN),
    men=tuple(ARABIC_MEN),
    family=tuple(ARABIC_FAMILY),
    keeps=1.0,
    latin=ARABIC_MEN | ARABIC_WOMEN | ARABIC_FAMILY,
    streets=words("King_Fahd_Road Corniche_Street Al_Nahda_St Airport_Road Al_Wasl_Road Hamdan_Street Salam_Street"),
    cities={"Dubai": "", "Abu Dhabi": "", "Sharjah": "", "Doha": ""},
    mobile="+971 5# ### ####",
    landline="04 ### ####",
)
HEBREW_MEN = pairs(
    "יוסף=Yosef דוד=David משה=Moshe אברהם=Avraham יצחק=Yitzhak יעקב=Yaakov מיכאל=Michael דניאל=Daniel אריאל=Ariel"
    " נועם=Noam איתי=Itai עומר=Omer אורי=Uri יונתן=Yonatan שלמה=Shlomo אליהו=Eliyahu רון=Ron גיא=Guy עידו=Ido"
)
HEBREW_WOMEN = pairs(
    "שרה=Sara רחל=Rachel אסתר=Esther מרים=Miriam נועה=Noa תמר=Tamar מאיה=Maya יעל=Yael שירה=Shira חנה=Hanna רבקה=Rivka"
    " מיכל=Michal טליה=Talia דנה=Dana אביגיל=Avigail ענת=Anat גלית=Galit אורית=Orit"
)
HEBREW_FAMILY = pairs(
    "כהן=Cohen לוי=Levi מזרחי=Mizrahi פרץ=Peretz ביטון=Biton דהן=Dahan אברהם=Avraham פרידמן=Friedman אזולאי=Azoulay"
    " מלכה=Malka כץ=Katz יוסף=Yosef אוחיון=Ohayon גבאי=Gabay עמר=Amar בן_דוד=Ben_David שפירא=Shapira חדד=Hadad"
    " סגל=Segal רוזנברג=Rosenberg גולן=Golan ברק=Barak שרון=Sharon נחום=Nahum הלוי=Halevi וייס=Weiss קליין=Klein"
)
HEBREW: Final = Speech(
    women=tuple(HEBREW_WOMEN),
    men=tuple(HEBREW_MEN),
    family=tuple(HEBREW_FAMILY),
    latin=HEBREW_MEN | HEBREW_WOMEN | HEBREW_FAMILY,
    streets=words("הרצל ויצמן בן_גוריון ז'בוטינסקי רוטשילד אלנבי ביאליק סוקולוב"),
    address="{street} {number}",
    cities={"תל אביב": "6######", "חיפה": "3######", "ירושלים": "9######"},
    mobile="05#-#######",
    landline="03-#######",
)
HINDI_MEN = pairs(
    "राम=Ram राजेश=Rajesh सुरेश=Suresh अमित=Amit/Ameet विजय=Vijay/Vijai संजय=Sanjay/Sanjai अनिल=Anil मनोज=Manoj रमेश=Ramesh"
    " दिनेश=Dinesh महेश=Mahesh मुकेश=Mukesh अशोक=Ashok/Asok राकेश=Rakesh रवि=Ravi/Rabi दीपक=Deepak/Dipak सुनील=Sunil/Suneel"
    " प्रकाश=Prakash श्याम=Shyam/Sham मोहन=Mohan गोपाल=Gopal कृष्ण=Krishna/Krishan विकास=Vikas राहुल=Rahul इमरान=Imran"
    " हरि=Hari नरेश=Naresh"
)
HINDI_WOMEN = pairs(
    "सुनीता=Sunita/Suneeta गीता=Geeta/Gita सीता=Sita/Seeta रेखा=Rekha लक्ष्मी=Lakshmi/Laxmi पूजा=Pooja/Puja नेहा=Neha"
    " प्रिया=Priya कविता=Kavita/Kavitha मीना=Meena/Mina राधा=Radha सरिता=Sarita अनीता=Anita/Aneeta शांति=Shanti/Shanthi"
    " कमला=Kamala/Kamla उषा=Usha आशा=Asha मंजू=Manju पार्वती=Parvati/Parwati विमला=Vimla/Bimla शबनम=Shabnam"
)
HINDI_FAMILY = pairs(
    "कुमार=Kumar सिंह=Singh शर्मा=Sharma/Sarma देवी=Devi यादव=Yadav गुप्ता=Gupta वर्मा=Verma/Varma मिश्रा=Mishra/Misra"
    " पाण्डेय=Pandey/Pande तिवारी=Tiwari/Tewari चौहान=Chauhan/Chouhan जोशी=Joshi पटेल=Patel खान=Khan अंसारी=Ansari"
    " प्रसाद=Prasad राय=Rai/Roy चौधरी=Chaudhary/Choudhury/Chowdhary मौर्य=Maurya अग्रवाल=Agarwal/Aggarwal/Agrawal"
    " राठौर=Rathore/Rathod श्रीवास्तव=Srivastava/Shrivastava दुबे=Dubey/Dube सक्सेना=Saxena/Saksena"
)
HINDI: Final = Speech(
    women=tuple(HINDI_WOMEN),
    men=tuple(HINDI_MEN),
    family=tuple(HINDI_FAMILY),
    latin=HINDI_MEN | HINDI_WOMEN | HINDI_FAMILY,
    streets=words("MG_Road Gandhi_Nagar Shastri_Nagar Civil_Lines Station_Road Nehru_Colony Sadar_Bazar Rajiv_Chowk"),
    cities={"Lucknow": "2260##", "Patna": "8000##", "Jaipur": "3020##", "Indore": "4520##", "Bhopal": "4620##"},
    mobile="9#########",
    landline="0522-#######",
)
HANZI = pairs(
    "伟=wei 芳=fang 娜=na 秀=xiu 英=ying 敏=min 静=jing 丽=li 强=qiang 磊=lei 军=jun 洋=yang 勇=yong 艳=yan 杰=jie 涛=tao"
    " 明=ming 超=chao 霞=xia 平=ping 刚=gang 桂=gui 兰=lan 华=hua 建=jian 国=guo 文=wen 志=zhi 玉=yu 红=hong 梅=mei 宇=yu"
    " 浩=hao 欣=xin 怡=yi 子=zi 轩=xuan 涵=han 雨=yu 梓=zi 思=si 晓=xiao 春=chun 海=hai 云=yun 飞=fei 鹏=peng 婷=ting 雪=xue"
)
CHINESE_FAMILY = pairs(
    "王=wang 李=li 张=zhang 刘=liu 陈=chen 杨=yang 赵=zhao 黄=huang 周=zhou 吴=wu 徐=xu 孙=sun 胡=hu 朱=zhu 高=gao 林=lin"
    " 何=he 郭=guo 马=ma 罗=luo 梁=liang 宋=song 郑=zheng 谢=xie 韩=han 唐=tang 冯=feng 于=yu 董=dong 萧=xiao 程=cheng"
    " 欧阳=ouyang 司马=sima"
)
WOMENS, MENS = (
    "芳娜秀英敏静丽艳霞桂兰华玉红梅欣怡涵雨梓思晓春云婷雪",
    "伟强磊军洋勇杰涛明超平刚华建国文志宇浩子轩海飞鹏思春云",
)


def from_hanzi(text: str) -> str:
    """Pinyin of a Chinese name, given name or family name."""
    if text in CHINESE_FAMILY:
        return CHINESE_FAMILY[text][0].title()
    return "".join(HANZI[sign][0] for sign in text).title()


CHINESE: Final = Speech(
    women=(*(a + b for a in WOMENS for b in WOMENS[::3]), *WOMENS),
    men=(*(a + b for a in MENS for b in MENS[::3]), *MENS),
    family=tuple(CHINESE_FAMILY),
    keeps=1.0,
    roman=from_hanzi,
    streets=words("人民路 解放路 中山路 建设路 和平路 新华路 长江路 北京路 南京路 花园路"),
    address="{street}{number}号",
    cities={"上海市": "200###", "成都市": "610###", "武汉市": "430###", "杭州市": "310###"},
    mobile="13#########",
    landline="021-6#######",
)
JAPANESE_MEN = pairs(
    "健=ケン/ken 翔太=ショウタ/shota 大輔=ダイスケ/daisuke 拓也=タクヤ/takuya 誠=マコト/makoto 隆=タカシ/takashi 和夫=カズオ/kazuo"
    " 健一=ケンイチ/kenichi 浩=ヒロシ/hiroshi 蓮=レン/ren 大翔=ヒロト/hiroto 直樹=ナオキ/naoki 達也=タツヤ/tatsuya 学=マナブ/manabu"
    " 一郎=イチロウ/ichiro 裕太=ユウタ/yuta 悠斗=ユウト/yuto 修=オサム/osamu 茂=シゲル/shigeru 亮=リョウ/ryo"
)
JAPANESE_WOMEN = pairs(
    "幸子=サチコ/sachiko 美咲=ミサキ/misaki 陽子=ヨウコ/yoko 恵子=ケイコ/keiko 花子=ハナコ/hanako 由美=ユミ/yumi 愛=アイ/ai"
    " 葵=アオイ/aoi 結衣=ユイ/yui 智子=トモコ/tomoko 久美子=クミコ/kumiko 真由美=マユミ/mayumi 裕子=ユウコ/yuko 直美=ナオミ/naomi"
    " 和子=カズコ/kazuko 陽菜=ヒナ/hina 千尋=チヒロ/chihiro 麻衣=マイ/mai 京子=キョウコ/kyoko 節子=セツコ/setsuko"
)
JAPANESE_FAMILY = pairs(
    "佐藤=サトウ/sato 鈴木=スズキ/suzuki 高橋=タカハシ/takahashi 田中=タナカ/tanaka 伊藤=イトウ/ito 渡辺=ワタナベ/watanabe"
    " 山本=ヤマモト/yamamoto 中村=ナカムラ/nakamura 小林=コバヤシ/kobayashi 加藤=カトウ/kato 吉田=ヨシダ/yoshida 山田=ヤマダ/yamada"
    " 佐々木=ササキ/sasaki 山口=ヤマグチ/yamaguchi 松本=マツモト/matsumoto 井上=イノウエ/inoue 木村=キムラ/kimura 林=ハヤシ/hayashi"
    " 斎藤=サイトウ/saito 清水=シミズ/shimizu 山崎=ヤマザキ/yamazaki 森=モリ/mori 池田=イケダ/ikeda 橋本=ハシモト/hashimoto"
    " 阿部=アベ/abe 石川=イシカワ/ishikawa 前田=マエダ/maeda 藤田=フジタ/fujita 小川=オガワ/ogawa 岡田=オカダ/okada 長谷川=ハセガワ/hasegawa"
    " 近藤=コンドウ/kondo 石井=イシイ/ishii 遠藤=エンドウ/endo 青木=アオキ/aoki 坂本=サカモト/sakamoto 渡邊=ワタナベ/watanabe"
)
KANA = JAPANESE_MEN | JAPANESE_WOMEN | JAPANESE_FAMILY
JAPANESE: Final = Speech(
    women=tuple(JAPANESE_WOMEN),
    men=tuple(JAPANESE_MEN),
    family=tuple(JAPANESE_FAMILY),
    keeps=0.03,
    roman=lambda text: KANA[text][1],
    streets=words("本町 栄町 中央 緑町 桜台 旭町 新町 泉"),
    address="{street}{number}番地",
    cities={
        "札幌市中央区": "060-####",
        "横浜市港北区": "222-####",
        "大阪市北区": "530-####",
        "名古屋市中区": "460-####",
    },
    mobile="090-####-####",
    landline="03-####-####",
)
HANGUL = pairs(
    "민=min 준=jun 서=seo 연=yeon 지=ji 우=woo 현=hyun 수=soo 영=young 희=hee 정=jung 미=mi 경=kyung 성=sung 은=eun 혜=hye"
    " 진=jin 아=ah 호=ho 철=chul 순=soon 자=ja 숙=sook 재=jae 윤=yoon 하=ha 도=do 예=ye 원=won 훈=hoon 태=tae 상=sang"
)
KOREAN_FAMILY = pairs(
    "김=Kim 이=Lee/Yi/Rhee 박=Park/Pak 최=Choi/Choe 정=Jung/Chung/Jeong 강=Kang/Gang 조=Cho/Jo 윤=Yoon/Yun 장=Jang/Chang 임=Lim/Im 한=Han"
    " 오=Oh 서=Seo/Suh 신=Shin/Sin 권=Kwon 황=Hwang 안=Ahn/An 송=Song 류=Ryu/Yoo 홍=Hong 남궁=Namgung"
)
HER, HIS = "민서연지현수영희정미경은혜진아순자숙예윤하", "민준서우현수영정성진호철재윤도원훈태상경"


def from_hangul(text: str) -> str:
    """Latin letters of a Korean name, given name or family name."""
    if text in KOREAN_FAMILY:
        return KOREAN_FAMILY[text][0]
    return "".join(HANGUL[sign][0] for sign in text).title()


KOREAN: Final = Speech(
    women=tuple(a + b for a in HER for b in HER[::2] if a != b),
    men=tuple(a + b for a in HIS for b in HIS[::2] if a != b),
    family=tuple(KOREAN_FAMILY),
    keeps=1.0,
    roman=from_hangul,
    streets=words("세종대로 강남대로 테헤란로 종로 을지로 한강로 중앙로 봉은사로"),
    address="{street} {number}",
    cities={"서울특별시": "0####", "부산광역시": "4####", "대구광역시": "4####"},
    mobile="010-####-####",
    landline="02-###-####",
)
VIETNAMESE: Final = Speech(
    women=words("Thị_Lan Thị_Hoa Thị_Hương Thị_Mai Thị_Thu Ngọc_Anh Thu_Trang Thị_Ngọc Phương_Thảo Thị_Hồng Kim_Oanh Thị_Nga Minh_Châu Thị_Tuyết Bích_Ngọc Thanh_Hằng Thị_Yến Diệu_Linh"),
    men=words("Văn_Hùng Văn_Nam Minh_Tuấn Đức_Anh Văn_Dũng Quang_Huy Hữu_Phước Văn_Thành Anh_Tuấn Văn_Long Quốc_Bảo Văn_Đức Thanh_Tùng Văn_Sơn Hoàng_Nam Gia_Huy Văn_Phúc Đình_Khôi"),
    family=words("Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý"),
    tail=0,
    keeps=1.0,
    streets=words("Lê_Lợi Nguyễn_Huệ Trần_Hưng_Đạo Hai_Bà_Trưng Lý_Thường_Kiệt Điện_Biên_Phủ Hùng_Vương"),
    cities={"Hà Nội": "10####", "Đà Nẵng": "55####", "Cần Thơ": "94####"},
    mobile="09########",
    landline="024 3### ####",
)  # fmt: skip
INDONESIAN: Final = Speech(
    women=words("Sri_Wahyuni Siti_Aminah Dewi Ningsih Nurhayati Sulastri Kartini Wulandari Ratna_Sari Fitriani Yuliana Sumarni Endang Rahayu Indah_Permata Suparti Lestari Maryam Ayu_Lestari Tuti"),
    men=words("Suharto Slamet Budi_Santoso Agus Sutrisno Joko Supriyadi Wahyu Bambang Hendra Suparman Ahmad_Fauzi Dedi_Kurniawan Eko_Prasetyo Rahmat Yanto Sugeng Iwan Mulyadi Rudi_Hartono Sukardi"),
    family=words("-"),
    stems=words("Su Har Mul War Sar Kar Pur Nur"),
    endings=words("yadi yono tono jono wati yanti dani man"),
    streets=words("Jl._Merdeka Jl._Sudirman Jl._Diponegoro Dusun_Krajan Kp._Baru Jl._Pahlawan Jl._Ahmad_Yani"),
    address="{street} No. {number}",
    cities={"Semarang": "501##", "Malang": "651##", "Bandung": "401##", "Sleman": "555##"},
    mobile="0812########",
    landline="024-#######",
)  # fmt: skip
THAI_WOMEN = pairs(
    "สมหญิง=Somying มาลี=Malee สุดา=Suda นภา=Napa วันเพ็ญ=Wanpen อรทัย=Orathai กัญญา=Kanya ปราณี=Pranee รัตนา=Rattana ศิริพร=Siriporn จันทร์เพ็ญ=Chanpen พิมพ์=Pim"
)
THAI_MEN = pairs(
    "สมชาย=Somchai สมศักดิ์=Somsak ประเสริฐ=Prasert วิชัย=Wichai สุรชัย=Surachai อนันต์=Anan ธนา=Thana ชัยวัฒน์=Chaiwat กิตติ=Kitti ณัฐพล=Nattapon บุญมี=Boonmee สมบัติ=Sombat"
)
THAI_PARTS = words("ศรี ทอง สุข แก้ว บุญ วงศ์ ใจ รัตน์ จันทร์ พันธ์ เจริญ มงคล")
THAI: Final = Speech(
    women=tuple(THAI_WOMEN),
    men=tuple(THAI_MEN),
    family=tuple(a + b for a in THAI_PARTS for b in THAI_PARTS if a != b),
    latin=THAI_MEN | THAI_WOMEN,
    roman=lambda text: f"thai{len(text)}",
    streets=words("ถนนสุขุมวิท ถนนพหลโยธิน หมู่_3 หมู่_5 ถนนเพชรเกษม ถนนรัชดาภิเษก"),
    address="{number} {street}",
    cities={"กรุงเทพฯ": "10##0", "เชียงใหม่": "50##0", "ขอนแก่น": "40##0"},
    mobile="08#-###-####",
    landline="02-###-####",
)
